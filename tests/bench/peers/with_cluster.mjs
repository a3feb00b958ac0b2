// The same work with puppeteer-cluster: node with_cluster.mjs CHROMIUM PAGES WAIT URL…
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(process.cwd() + "/");
const { Cluster } = require("puppeteer-cluster");
const [chromium, pages, waitPath, ...urls] = process.argv.slice(2);
const wait = readFileSync(waitPath, "utf8").replace(/^(\/\/.*\n)+/, "").trim().replace(/;$/, "");

const cluster = await Cluster.launch({
  concurrency: Cluster.CONCURRENCY_CONTEXT,
  maxConcurrency: Number(pages),
  timeout: 60000,
  puppeteerOptions: {
    executablePath: chromium,
    headless: "shell",
    args: ["--blink-settings=imagesEnabled=false", ...(process.geteuid() ? [] : ["--no-sandbox"])],
  },
});
let read = 0;
await cluster.task(async ({ page, data: url }) => {
  await page.goto(url, { waitUntil: "domcontentloaded" });
  const text = await page.evaluate(`(${wait})()`);
  if (!text.includes("Apply now")) throw new Error(`${url} was read before it was there.`);
  read += 1;
});
for (const url of urls) cluster.queue(url);
await cluster.idle();
await cluster.close();
if (read !== urls.length) {
  console.error(`puppeteer-cluster read ${read} of ${urls.length} posts.`);
  process.exit(1);
}
