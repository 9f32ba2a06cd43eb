import { configure } from "@testing-library/dom";

// What a test waits for may be loaded first, which takes a busy machine more than the second of the default.
configure({ asyncUtilTimeout: 15_000 });
