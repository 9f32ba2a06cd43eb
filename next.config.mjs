import createNextIntlPlugin from "next-intl/plugin";

// Messages are compiled at build time, so that no parser of them goes to the browser.
const withMessages = createNextIntlPlugin({
  requestConfig: "./lib/messages/request.ts",
  experimental: {
    messages: { path: "./lib/messages", format: "json", locales: "infer", precompile: true },
  },
});

const securityHeaders = [
  { key: "X-Content-Type-Options", value: "nosniff" },
  // Addresses hold the ids of subscribers, and avatars come from anywhere.
  { key: "Referrer-Policy", value: "no-referrer" },
  { key: "Cross-Origin-Opener-Policy", value: "same-origin" },
  {
    key: "Permissions-Policy",
    value: "camera=(), geolocation=(), microphone=(), payment=(), usb=(), browsing-topics=()",
  },
];

/** @type {import("next").NextConfig} */
const config = {
  poweredByHeader: false,
  // undici asserts, and Node reads an assertion's source anew: minutes in a bundle of one line.
  serverExternalPackages: ["@electric-sql/pglite", "undici"],
  allowedDevOrigins: ["127.0.0.1"],
  async headers() {
    return [
      { source: "/:path*", headers: securityHeaders },
      { source: "/favicon.svg", headers: [{ key: "Cache-Control", value: "max-age=86400" }] },
    ];
  },
};

export default withMessages(config);
