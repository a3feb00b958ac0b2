/*
 * Answers a question about cookies or privacy that stands over a page: accepts, or rejects where there
 * is nothing to accept. Tells whether it pressed anything. A control counts when its words are those
 * of an answer in some language and the part of the page around it speaks of cookies or privacy.
 */
const CONSENT_KNOWN = '#onetrust-accept-btn-handler,#CybotCookiebotDialogBodyLevelButtonLevelOptinAllowAll,' +
  '#CybotCookiebotDialogBodyButtonAccept,[data-testid="uc-accept-all-button"],#didomi-notice-agree-button,' +
  '#truste-consent-button,.cky-btn-accept,.cmplz-accept,.cc-allow,.cc-accept-all,.osano-cm-accept-all,.iubenda-cs-accept-btn,' +
  '.fc-cta-consent,#hs-eu-confirmation-button,#cookiescript_accept,[data-cookiefirst-action="accept"],.brlbs-btn-accept-all,' +
  '#tarteaucitronPersonalize2,#axeptio_btn_acceptAll,.cm-btn-accept-all,.sp_choice_type_11,.qc-cmp2-summary-buttons [mode="primary"]';

const CONSENT_TOPIC = new RegExp("cookie|consent|gdpr|dsgvo|rgpd|lgpd|ccpa|privacy|tracking|privatsph|datenschutz|einwilligung|" +
  "vie priv|donn[ée]es personnelles|confidentialit|traceurs|consentement|privacidad|datos personales|consentimiento|privacidade|" +
  "dados pessoais|consentimento|riservatezza|dati personali|consenso|toestemming|persoonsgegevens|prywatno|ciastecz|zgod[ęya]|" +
  "integritet|samtycke|personvern|informasjonskapsl|samtykke|privatliv|ev[äa]ste|tietosuoj|soubor[yů]|souhlas|s[úu]hlas|" +
  "s[üu]ti|adatv[ée]d|confiden[țt]ial|[çc]erez|gizlilik|куки|файл.{0,4}cookie|конфиденциальн|персональн|" +
  "приватн|απόρρητ|kola[čc]i|бисквит|クッキー|プライバシー|隐私|隱私|쿠키|개인정보", "i");

const CONSENT_YES = new RegExp("^(?:" + [
  "(?:yes,? )?(?:i )?(?:accept|agree|consent|allow|enable)(?:$|ed$|[ ,&.!:])", "ok(?:ay)?(?:$|[ ,.!])", "got it", "(?:i )?understood", "i understand",
  "that['’]?s (?:fine|ok)", "yes(?:$|[ ,.!])", "sounds good", "continue(?:$| to| and| with)", "proceed", "i['’]?m (?:ok|fine|happy)", "sure",
  "(?:alle[ns]?|cookies?|ja)?,? ?(?:cookies? |auswahl )?(?:akzeptieren|annehmen|zulassen|erlauben|zustimmen|best[äa]tigen)", "akzeptier", "zustimm",
  "(?:ich )?(?:stimme zu|akzeptiere|bin einverstanden)", "einverstanden", "verstanden", "in ordnung", "geht klar", "allen? (?:cookies )?zustimmen", "ja(?:$|[ ,.!])",
  "(?:tout |oui,? )?(?:accepter|autoriser)", "j['’]accepte", "d['’]accord", "j['’]ai compris", "ok pour moi", "oui(?:$|[ ,.!])", "continuer(?:$| vers)",
  "(?:s[íi],? )?acept(?:ar|o)", "permitir", "de acuerdo", "entendido", "estoy de acuerdo", "vale(?:$|[ ,.!])", "consentir",
  "accett[ao]", "acconsent", "consenti", "va bene", "ho capito", "d['’]accordo", "autorizza",
  "aceit(?:ar|o)", "concord(?:ar|o)", "entendi", "percebi",
  "(?:alle[s]? |ja,? )?(?:cookies )?(?:accepteer|accepteren|toestaan|akkoord)", "ik (?:ga akkoord|accepteer|begrijp)", "begrepen", "prima(?:$|[ ,.!])", "toestemmen", "sta toe",
  "(?:za)?akceptuj", "zgadzam", "zgoda", "wyra[żz]am zgod", "rozumiem", "zezw[óo]l", "przyjmuj", "zezwalam",
  "acceptera", "godk[äa]nn", "till[åa]t", "jag (?:accepterar|godk[äa]nner|f[öo]rst[åa]r|samtycker)", "accept[ée]r", "tillad", "godkend", "jeg (?:accepterer|forst[åa]r|godtar|samtykker)",
  "godta", "aksepter", "tillat", "hyv[äa]ksy", "salli", "ymm[äa]rr[äa]n",
  "p[řr]ijmout", "p[řr]ij[íi]m[áa]m", "souhlas[íi]m", "povolit", "rozum[íi]m", "prija[ťt]", "prij[íi]mam", "s[úu]hlas[íi]m", "povoli[ťt]",
  "(?:[öo]sszes )?elfogad", "hozz[áa]j[áa]rul", "egyet[ée]rtek", "rendben", "(?:sunt de )?acord", "permite", "(?:t[üu]m[üu]n[üu] )?kabul", "anlad[ıi]m", "prihva[ćt]", "sla[žz]em",
  "приня", "соглас", "принима", "хорошо", "разреш", "понятно", "прийня", "погодж", "дозволи", "приемам", "αποδοχ", "αποδέχ", "συμφων", "αποδεχ",
  "(?:すべて|全て)?.{0,4}(?:同意|許可|承諾|受け入れ)", "(?:全部)?(?:接受|同意|允许|允許)", "(?:모두 ?)?(?:동의|수락|허용)",
].join("|") + ")", "i");

const CONSENT_NO = new RegExp("^(?:" + [
  "reject", "decline", "deny", "refuse", "disagree", "no,? thanks?", "(?:use |allow )?(?:only )?(?:strictly )?(?:necessary|essential|required)", "continue without", "opt out",
  "close(?:$| )", "dismiss", "(?:alle )?ablehnen", "(?:alle )?verweigern", "nur (?:notwendige|essen[tz]ielle|erforderliche|technisch)", "schlie(?:ß|ss)en", "(?:tout )?refuser",
  "continuer sans", "fermer", "(?:no,? )?rechazar", "s[óo]lo (?:las )?necesarias", "cerrar", "rifiut", "solo (?:i )?necessari", "chiudi", "rejeitar", "recusar", "s[óo] (?:os )?necess", "fechar",
  "(?:alles )?weiger", "alleen (?:noodzakelijke|functionele)", "sluiten", "odrzu", "tylko niezb[ęe]dne", "odmawiam", "zamknij", "avvisa", "neka", "endast n[öo]dv[äa]ndiga", "st[äa]ng", "afvis", "kun n[øo]dvendige",
  "luk(?:$| )", "avsl[åa]", "lukk", "hylk[äa][äa]", "vain v[äa]ltt[äa]m", "sulje", "odm[íi]tn", "zav[řr]", "odmietn", "elutas", "bez[áa]r", "refuz", "[îi]nchide", "reddet", "kapat", "отклон", "закры", "відхил", "απόρρ", "拒否", "拒绝", "拒絕", "거부", "[×✕✖x]$",
].join("|") + ")", "i");

const CONSENT_SKIP = /setting|preference|manage|customi[sz]|more info|learn more|polic|einstellung|anpassen|verwalten|mehr (?:info|erfahren)|param[ée]tr|personnalis|g[ée]rer|config|personali[sz]|gestion|impostazioni|instelling|ustawieni|apply|bewerb|postul|candidat/i;
const CONSENT_NAME = /cookie|consent|gdpr|cmp|privacy|banner|overlay|modal|notice|popup|pop-up|dialog|wall|gate|onetrust|usercentrics|didomi|lightbox|toast|snackbar/i;

function giveConsent() {
  const isFrame = globalThis !== globalThis.top;
  const pressed = (globalThis.jptConsents = globalThis.jptConsents || { elements: new WeakSet(), count: 0 });
  if (pressed.count >= 4) return false;
  const go = (element) => {
    pressed.elements.add(element);
    pressed.count += 1;
    press(element);
    return true;
  };
  const roots = rootsHere();
  for (const element of everywhere(CONSENT_KNOWN, roots)) {
    if (!pressed.elements.has(element) && isShown(element)) return go(element);
  }

  const overlaid = (element) => {
    for (let at = element, step = 0; at && step < 25; at = around(at), step += 1) {
      if (at.tagName === "DIALOG" || /dialog/.test(attributeOf(at, "role")) || attributeOf(at, "aria-modal") === "true") return true;
      if (at.tagName === "BODY" || at.tagName === "HTML") return false;
      const position = getComputedStyle(at).position;
      if (position === "fixed" || position === "sticky" || position === "absolute") return true;
      if (CONSENT_NAME.test(`${at.id} ${attributeOf(at, "class")} ${attributeOf(at, "aria-label")} ${at.tagName}`)) return true;
    }
    return false;
  };
  // The smallest part around a control that speaks of the topic, and no form to be filled in.
  const asks = (element) => {
    for (let at = around(element), step = 0; at && step < 14; at = around(at), step += 1) {
      const words = at.textContent || "";
      const shadow = at.shadowRoot ? at.shadowRoot.textContent || "" : "";
      const length = words.length + shadow.length;
      if (length > 8000) return false;
      if (at.tagName === "BODY" && !isFrame && length > 3000) return false;
      if (!CONSENT_TOPIC.test(words) && !CONSENT_TOPIC.test(shadow)) continue;
      if (allIn(at, 'input[type="text"],input[type="email"],input[type="file"],input[type="tel"],textarea').length) return false;
      return isFrame || length < 900 || overlaid(element);
    }
    return false;
  };

  const controls = everywhere('button,[role="button"],input[type="button"],input[type="submit"],a:not([href]),a[href^="#"],a[href=""],a[href^="javascript:" i],[onclick],[class*="accept" i],[class*="agree" i]', roots);
  for (const wanted of [CONSENT_YES, CONSENT_NO]) {
    for (const element of controls) {
      const words = wordsOf(element);
      if (!words || words.length > 60 || pressed.elements.has(element)) continue;
      if (!wanted.test(words) || CONSENT_SKIP.test(words)) continue;
      if (isShown(element) && !isDisabled(element) && asks(element)) return go(element);
    }
  }
  return false;
}

/* Tells whether a frame of another origin stands over the page, as some consent managers do. */
function asksInFrame() {
  for (const frame of everywhere("iframe")) {
    if (frame.contentDocument || !isShown(frame)) continue;
    const named = `${frame.id} ${frame.name} ${frame.title} ${attributeOf(frame, "class")} ${attributeOf(frame, "src")} ${attributeOf(frame, "aria-label")}`;
    if (/consent|cookie|cmp\b|privacy|gdpr|sp_message|trustarc|notice/i.test(named)) return true;
    for (let at = frame, step = 0; at && step < 6; at = around(at), step += 1) {
      if (getComputedStyle(at).position === "fixed" || at.tagName === "DIALOG") return true;
    }
  }
  return false;
}
