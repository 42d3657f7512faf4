import type { Model } from "../../model";
import { Findings } from "../findings";
import { text } from "../values";
import { checkDomain, refuseDomain } from "./domainIdentity";
import { dkimTokens } from "./identities";

const model: Model = {
  type: "aws:ses/domainDkim:DomainDkim",
  replaceOn: ["domain"],

  check({ inputs }) {
    const found = new Findings(inputs);
    checkDomain(found);
    return found.problems;
  },

  create({ inputs, ids }) {
    const domain = text(inputs["domain"]);
    refuseDomain(domain);
    return { id: domain ?? "", outputs: { dkimTokens: dkimTokens(ids) } };
  },
};

export default model;
