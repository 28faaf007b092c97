import fc from "fast-check";

/** Property tests try the same cases on every run, so that a failure is the change's own; `FAST_CHECK_SEED` asks for others. */
fc.configureGlobal({ seed: Number(process.env.FAST_CHECK_SEED ?? 20_261_126) });
