/**
 * For `node --test`: lets annotators/**\/*.ts, which live outside this folder, find this folder's packages,
 * as `nodePaths` does for esbuild and `paths` in tsconfig.json for tsc.
 */
import { registerHooks } from "node:module";

registerHooks({
  resolve(specifier, context, next) {
    if (/^[./]|^(node|file|data):/.test(specifier)) return next(specifier, context);
    try {
      return next(specifier, context);
    } catch (error) {
      if (error.code !== "ERR_MODULE_NOT_FOUND") throw error;
      return next(specifier, { ...context, parentURL: import.meta.url });
    }
  },
  load(url, context, next) {
    // No package.json says so out there, but every TypeScript file of ours is a module.
    return next(url, url.endsWith(".ts") ? { ...context, format: "module-typescript" } : context);
  },
});
