/**
 * The browser argument that disables features no journey needs. A full Chromium prepares the pages of its address
 * bar and a spare renderer process for each window, which takes half of the time to open a page.
 */
export const DISABLED_FEATURES = `--disable-features=${[
  "WebUIOmniboxPopup",
  "WebUIOmniboxFullPopup",
  "WebUIOmniboxAimPopup",
  "SpareRendererForSitePerProcess",
  // The features that Playwright disables. Chromium uses only the last such argument, which is this one.
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
