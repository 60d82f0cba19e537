import { defineContract } from "./define-contract.ts";
import { startContractSandbox } from "./servers.ts";

defineContract("sandbox", startContractSandbox);
