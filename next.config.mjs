import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { brotliCompress, gzip } from "node:zlib";
import createNextIntlPlugin from "next-intl/plugin";

// Messages are compiled at build time, so that no parser of them goes to the browser.
const withMessages = createNextIntlPlugin({
  requestConfig: "./lib/messages/request.ts",
  experimental: {
    messages: { path: "./lib/messages", format: "json", locales: "infer", precompile: true },
  },
});

/**
 * Makes the runtime of a page wait for a frame with everything that came at once: rows in the HTML would be painted
 * later if all scripts were evaluated first. A page that is opened in the background has no frames.
 */
async function startAfterFirstFrame({ distDir }) {
  const directory = join(distDir, "static/chunks");
  const runtime = (await readdir(directory)).find((name) => /^turbopack-.*\.js$/.test(name));
  if (runtime === undefined) throw new Error("The build has no runtime.");
  const file = join(directory, runtime);
  const code = await readFile(file, "utf8");
  // The script "_R_" follows what came at once.
  await writeFile(
    file,
    `(() => {
const start = () => {${code}
};
const hasContent = () => document.getElementById("_R_") || document.readyState !== "loading";
const wait = () => requestAnimationFrame(() => (hasContent() ? setTimeout(start) : wait()));
if (document.hidden) start();
else wait();
})();`,
  );
}

/** Compresses scripts and styles once, at the best quality. The server sends them as they are. */
async function compressStaticFiles({ distDir }) {
  const directory = join(distDir, "static");
  const names = await readdir(directory, { recursive: true });
  const compressible = names.filter((name) => /\.(js|css)$/.test(name));
  await Promise.all(
    compressible.map(async (name) => {
      const file = join(directory, name);
      const content = await readFile(file);
      await writeFile(`${file}.br`, await promisify(brotliCompress)(content));
      await writeFile(`${file}.gz`, await promisify(gzip)(content, { level: 9 }));
    }),
  );
}

/** @type {import("next").NextConfig} */
const config = {
  compiler: {
    async runAfterProductionCompile(build) {
      await startAfterFirstFrame(build);
      await compressStaticFiles(build);
    },
  },
  poweredByHeader: false,
  // undici asserts, and Node reads an assertion's source anew: minutes in a bundle of one line.
  serverExternalPackages: ["undici"],
  allowedDevOrigins: ["127.0.0.1"],
  // The optimiser would fetch, on the server, addresses that come with a request.
  images: { unoptimized: true },
  experimental: {
    // Bytes of source. Half as many requests a page as by default, and a smaller first load.
    turbopackChunking: { minChunkSize: 400_000 },
    // Both are bytes of a request's body, and no more than the desk lets in.
    serverActions: { bodySizeLimit: 65_536 },
    proxyClientMaxBodySize: 65_536,
  },
  async headers() {
    return [
      { source: "/favicon.svg", headers: [{ key: "Cache-Control", value: "max-age=86400" }] },
    ];
  },
};

export default withMessages(config);
