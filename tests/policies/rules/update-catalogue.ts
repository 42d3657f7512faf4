import { writeFileSync } from "node:fs";
import { catalogueFile, catalogueText } from "./catalogue-file";

/** `npm run rules`: writes the catalogue of rules as it is now. */
catalogueText()
  .then((text) => {
    writeFileSync(catalogueFile, text);
  })
  .catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  });
