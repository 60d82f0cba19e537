import type { Capability } from "./capability.ts";
import type { Lab } from "./lab.ts";

/** How one capability is tried. */
export interface Trial {
  capability: Capability;
  /**
   * Asks the store for it and looks at what it did; what must not change is looked at afterwards by whoever runs it.
   * @returns a remark on what works otherwise, or nothing
   * @throws Judged
   */
  run(lab: Lab): Promise<string | undefined>;
}

export const trial = (capability: Capability, run: (lab: Lab) => Promise<unknown>): Trial => ({
  capability,
  run: async (lab) => {
    const remark = await run(lab);
    return typeof remark === "string" ? remark : undefined;
  },
});

export const noVersions = "The work bucket keeps no versions. Turn versioning on there, or choose a work bucket that has it, and probe again.";
export const noLocks = "The work bucket has no Object Lock, so it cannot be tried there. Choose a work bucket that was made with it, and probe again.";
