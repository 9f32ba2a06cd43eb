/**
 * The argument by which a browser leaves out what no journey looks at. A full Chromium makes ready,
 * for each window, the lists of its address bar, each a page in a process of its own, and a process for
 * a page that may come: half of what opening a page takes.
 */
export const WITHOUT_SPARE_PARTS = `--disable-features=${[
  "WebUIOmniboxPopup",
  "WebUIOmniboxFullPopup",
  "WebUIOmniboxAimPopup",
  "SpareRendererForSitePerProcess",
  // What Playwright leaves out: of two such arguments only the last, ours, is heeded.
  "AimEnabled",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsFirstBalancedModeAutoEnable",
  "HttpsUpgrades",
  "LensOverlay",
  "MediaRouter",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "PaintHolding",
  "PreconnectToSearch",
  "ThirdPartyStoragePartitioning",
].join(",")}`;
