import { app } from "../shared/vite.ts";

export default app("leader");
