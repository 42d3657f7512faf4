import fc from "fast-check";

/** Property tests take the same examples for every mutation, so that a run can be repeated; a failing example needn't be made small. */
fc.configureGlobal({ seed: 20_260_401, endOnFailure: true });
