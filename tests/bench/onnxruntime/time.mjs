// SPDX-FileCopyrightText: The Hilum authors
// SPDX-License-Identifier: GPL-3.0-or-later

// node time.mjs MODEL.onnx THREADS CALLS: the least milliseconds of one prediction.
import ort from "onnxruntime-node";

const [file, threads, calls] = process.argv.slice(2);
const session = await ort.InferenceSession.create(file, {
  intraOpNumThreads: Number(threads),
  interOpNumThreads: 1,
  graphOptimizationLevel: "all",
});
const x = new ort.Tensor("float32", Float32Array.from({ length: 224 * 224 }, Math.random), [1, 1, 224, 224]);
for (let i = 0; i < 2; i++) await session.run({ x });
let best = Infinity;
for (let i = 0; i < Number(calls); i++) {
  const start = performance.now();
  await session.run({ x });
  best = Math.min(best, performance.now() - start);
}
console.log(best);
