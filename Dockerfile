# jpt with its browser, for `docker compose up` (see compose.yaml). `nox -s recipe` runs these steps without Docker.

FROM debian:trixie-slim AS build
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates python3 python3-venv \
 && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY jpt ./jpt
RUN python3 -m venv /opt/jpt && /opt/jpt/bin/pip install --no-cache-dir .

FROM debian:trixie-slim
RUN apt-get update \
 && apt-get install --yes --no-install-recommends ca-certificates chromium-headless-shell fonts-liberation python3 tini tzdata \
 && rm -rf /var/lib/apt/lists/*
RUN useradd --uid 1000 --create-home --shell /usr/sbin/nologin jpt \
 && install --directory --owner=jpt --group=jpt --mode=0700 /srv/jpt /srv/jpt/state /srv/jpt/inputs
COPY --from=build /opt/jpt /opt/jpt
ENV PATH=/opt/jpt/bin:/usr/local/bin:/usr/bin:/bin
ENV LANG=C.UTF-8
ENV PYTHONUNBUFFERED=1
WORKDIR /srv/jpt
USER jpt
VOLUME ["/srv/jpt/state"]
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=60s --timeout=20s --start-period=120s --retries=3 CMD ["jpt", "status", "--quiet"]
ENTRYPOINT ["tini", "--", "jpt"]
CMD ["watch"]
