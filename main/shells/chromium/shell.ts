// The Chromium shell as a process, for one life. Started by `supervise.ts`, never by hand.
import { harden } from "../node/harden.ts";
import { liveWhenTold } from "./live.ts";

harden();
liveWhenTold();
