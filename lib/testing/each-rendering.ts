import { cleanup, configure } from "@testing-library/react";
import { afterEach } from "vitest";

// The awaited module may have to load first. On a busy machine that takes longer than the default of one second.
configure({ asyncUtilTimeout: 15_000 });

// Files share a document, and each test starts with an empty one.
afterEach(cleanup);
