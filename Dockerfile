# The service with its embedded database in the volume /data, or with DATABASE_URL on a Postgres server. Others may ask only with an API
# key, so make one before the first start (README.md, "Who may ask"):
#
#   docker build -t stowage . && docker volume create stowage
#   docker run --rm -v stowage:/data stowage node scripts/keys.ts create --name admin --scope admin
#   docker run -v stowage:/data -p 8787:8787 stowage
FROM node:24-slim

ENV NODE_ENV=production HOST=0.0.0.0 PORT=8787 STOWAGE_DATA=/data/stowage

WORKDIR /srv/stowage
COPY package.json package-lock.json .npmrc ./
# What the lock file names, and no scripts of packages.
RUN npm install --omit=dev --ignore-scripts && npm cache clean --force
COPY api ./api
COPY db ./db
COPY scripts ./scripts
COPY LICENSE SECURITY.md ./

RUN mkdir /data && chown node:node /data
VOLUME /data
USER node
EXPOSE 8787

HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
STOPSIGNAL SIGTERM
CMD ["node", "--liftoff-only", "api/server.ts"]
