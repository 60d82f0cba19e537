import { describe, test } from "vitest";
import { defineContract } from "./define-contract.ts";
import { startContractRgw, whyNoRgw } from "./servers.ts";

const reason = whyNoRgw();

if (reason === undefined) defineContract("ceph-rgw", startContractRgw);
else {
  console.warn(`The contract suite does not run on Ceph RGW: ${reason}`);
  describe("ceph-rgw", () => {
    test.skipIf(process.env.LONGSHORE_REQUIRE_RGW !== "1")(`is installed (${reason})`, () => {
      throw new Error(reason);
    });
  });
}
