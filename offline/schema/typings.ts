import { readFileSync } from "node:fs";

import ts from "typescript";

import type { PropertyShape, PropertyShapes, TypeText } from "./shape";

export function parseDeclarations(file: string): ts.SourceFile {
  return ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
}

function referenceName(name: ts.EntityName): string[] {
  return ts.isIdentifier(name) ? [name.text] : [...referenceName(name.left), name.right.text];
}

function reference(node: ts.TypeReferenceNode): TypeText {
  const path = referenceName(node.typeName);
  const [first] = path;
  const last = path.at(-1);
  const argument = node.typeArguments?.[0];
  if (first === "pulumi") {
    if ((last === "Input" || last === "Output") && argument !== undefined) return typeText(argument);
    return path[1] === "asset" ? "asset" : "any";
  }
  if ((last === "Promise" || last === "Array") && argument !== undefined) {
    return last === "Array" ? `[]${typeText(argument)}` : typeText(argument);
  }
  if (last === "PolicyDocument") return "json";
  if (first === "inputs" || first === "outputs") return `#${path.slice(1).join(".")}`;
  // What is left are enumerations of strings, the alias ARN, and resource classes, which travel as their id.
  return "string";
}

function union(node: ts.UnionTypeNode): TypeText {
  const members = new Set(node.types.map(typeText));
  members.delete("undefined");
  if (members.size === 1) return [...members][0] ?? "any";
  if (members.has("json")) return "json";
  return [...members].every((member) => member === "asset") ? "asset" : "any";
}

/** The short form of a declared type; `undefined` only inside unions. */
function typeText(node: ts.TypeNode): TypeText {
  if (ts.isParenthesizedTypeNode(node)) return typeText(node.type);
  if (ts.isUnionTypeNode(node)) return union(node);
  if (ts.isArrayTypeNode(node)) return `[]${typeText(node.elementType)}`;
  if (ts.isTypeReferenceNode(node)) return reference(node);
  if (ts.isTypeLiteralNode(node)) {
    const index = node.members.find(ts.isIndexSignatureDeclaration);
    return index === undefined ? "any" : `{}${typeText(index.type)}`;
  }
  if (ts.isLiteralTypeNode(node)) return ts.isStringLiteral(node.literal) ? "string" : "any";
  switch (node.kind) {
    case ts.SyntaxKind.StringKeyword:
      return "string";
    case ts.SyntaxKind.NumberKeyword:
      return "number";
    case ts.SyntaxKind.BooleanKeyword:
      return "boolean";
    case ts.SyntaxKind.UndefinedKeyword:
      return "undefined";
    default:
      return "any";
  }
}

function isDeclared(member: ts.Node): member is ts.PropertyDeclaration | ts.PropertySignature {
  if (!ts.isPropertyDeclaration(member) && !ts.isPropertySignature(member)) return false;
  return !(member.modifiers ?? []).some(
    ({ kind }) => kind === ts.SyntaxKind.StaticKeyword || kind === ts.SyntaxKind.PrivateKeyword,
  );
}

const FORCES_NEW = /forces? (?:a )?new resource|forces? (?:the )?(?:re-?creation|replacement)/i;
const NOT_FORCING = /(?:without|not|n't|doesn't) forc/i;

function documentation(member: ts.Node): { text: string; deprecated: boolean } {
  const parts = ts.getJSDocCommentsAndTags(member).filter(ts.isJSDoc);
  const text = parts.map((part) => ts.getTextOfJSDocComment(part.comment) ?? "").join("\n");
  return { text, deprecated: ts.getJSDocDeprecatedTag(member) !== undefined };
}

/** The properties of an interface or class, without static and private members. */
export function propertiesOf(declaration: ts.InterfaceDeclaration | ts.ClassDeclaration): PropertyShapes {
  const shapes: PropertyShapes = {};
  for (const member of declaration.members) {
    if (!isDeclared(member) || member.type === undefined || !ts.isIdentifier(member.name)) continue;
    const { text, deprecated } = documentation(member);
    const shape: PropertyShape = { t: typeText(member.type) };
    if (member.questionToken === undefined && !allowsUndefined(member.type)) shape.r = 1;
    if (FORCES_NEW.test(text) && !NOT_FORCING.test(text)) shape.f = 1;
    if (deprecated) shape.d = 1;
    shapes[member.name.text] = shape;
  }
  return shapes;
}

function allowsUndefined(node: ts.TypeNode): boolean {
  if (ts.isUnionTypeNode(node)) return node.types.some((type) => type.kind === ts.SyntaxKind.UndefinedKeyword);
  const argument = ts.isTypeReferenceNode(node) ? node.typeArguments?.[0] : undefined;
  return argument !== undefined && allowsUndefined(argument);
}

/** The object types of `types/input.d.ts` or `types/output.d.ts` by dotted name, e.g. `ec2.SecurityGroupIngress`. */
export function nestedTypes(file: string): Map<string, PropertyShapes> {
  const found = new Map<string, PropertyShapes>();
  const visit = (node: ts.Node, namespace: string[]): void => {
    if (ts.isModuleDeclaration(node)) {
      node.body?.forEachChild((child) => {
        visit(child, [...namespace, node.name.text]);
      });
    } else if (ts.isInterfaceDeclaration(node)) {
      found.set([...namespace, node.name.text].join("."), propertiesOf(node));
    }
  };
  parseDeclarations(file).forEachChild((node) => {
    visit(node, []);
  });
  return found;
}
