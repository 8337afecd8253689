import { app } from "../shared/vite.ts";

export default app("mobile", { worker: "src/worker.js" });
