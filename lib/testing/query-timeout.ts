import { configure } from "@testing-library/dom";

// The awaited module may have to load first. On a busy machine that takes longer than the default of one second.
configure({ asyncUtilTimeout: 15_000 });
