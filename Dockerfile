# One image for the console and for workers: `docker run … longshore console` or `… longshore worker`. See docs/operating.md.
FROM node:24-bookworm-slim AS build
WORKDIR /longshore
# The installed dependencies stay in the cache until the lockfile changes.
COPY package.json package-lock.json ./
COPY bin/setup.mjs bin/setup.mjs
RUN node -e 'import("./bin/setup.mjs").then((setup) => setup.installDependencies())'
COPY . .
RUN node_modules/.bin/node bin/generate.ts --console \
 && npm prune --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf .next/cache

FROM node:24-bookworm-slim
WORKDIR /longshore
COPY --from=build --chown=node:node /longshore ./
USER node
ENV PORT=3000
EXPOSE 3000
ENTRYPOINT ["node", "bin/start.mjs"]
CMD ["console"]
