# syntax=docker/dockerfile:1
# The image brings its own Node 26, so the npm packages that carry one are left out.

FROM node:26-slim AS dependencies
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm ci --omit=dev --omit=optional

FROM node:26-slim
# The root is read-only where compose.yaml says so: SQLite's temporary files go to the one volume, too.
ENV NODE_ENV=production \
    TMPDIR=/data \
    TUMEN_HOME=/data \
    TUMEN_CONFIG=/app/config/tumen.yaml
WORKDIR /app
COPY --from=dependencies /app/node_modules ./node_modules
COPY package.json LICENSE ./
COPY config ./config
COPY samples ./samples
COPY src ./src
RUN install -d -o node -g node /data
USER node
VOLUME /data
EXPOSE 8790
HEALTHCHECK --interval=60s --timeout=10s --start-period=60s CMD ["node", "src/main.ts", "health"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["node", "--max-old-space-size=256", "--max-semi-space-size=4", "src/main.ts"]
CMD ["start"]
