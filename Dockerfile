FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools ./tools
RUN npm ci
COPY mikro-orm.config.ts ./
COPY bin ./bin
COPY src ./src
RUN npm run build

FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0
WORKDIR /app
COPY package.json package-lock.json ./
COPY tools ./tools
RUN npm ci --omit=dev && npm cache clean --force
COPY bin ./bin
COPY views ./views
COPY static ./static
COPY --from=build /app/dist ./dist
RUN ln -s /app/bin/genkan.js /usr/local/bin/genkan
# Everything belongs to root; this user reads it and writes nowhere but to /tmp.
USER node
EXPOSE 3000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT || 3000}/health/live`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
# A small young generation keeps 45 MB less memory, at the same speed.
CMD ["node", "--max-semi-space-size=4", "dist/src/main.js"]
