import createNextIntlPlugin from "next-intl/plugin";

// Messages are compiled at build time, so that no parser of them goes to the browser.
const withMessages = createNextIntlPlugin({
  requestConfig: "./lib/messages/request.ts",
  experimental: {
    messages: { path: "./lib/messages", format: "json", locales: "infer", precompile: true },
  },
});

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // undici asserts, and Node reads an assertion's source anew: minutes in a bundle of one line.
  serverExternalPackages: ["undici"],
  allowedDevOrigins: ["127.0.0.1"],
  // The optimiser would fetch, on the server, addresses that come with a request.
  images: { unoptimized: true },
  experimental: {
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
