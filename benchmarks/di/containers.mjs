import "reflect-metadata";
import { Graph, recordInjectable, runBatches, Unwinding } from "@madeleine/di";
import { Injectable, Module, Scope } from "@nestjs/common";
import { ContextIdFactory, NestFactory } from "@nestjs/core";
import { asClass, createContainer, InjectionMode } from "awilix";
import { container, injectable, Lifecycle } from "tsyringe";

class Connection {}
class Repository {
  constructor(connection) {
    this.connection = connection;
  }
}
class Orders {
  constructor(repository) {
    this.repository = repository;
  }
}
const needs = new Map([
  [Connection, []],
  [Repository, [Connection]],
  [Orders, [Repository]],
]);
for (const [target, types] of needs) Reflect.defineMetadata("design:paramtypes", types, target);

/** Each makes the three once for a request, and gives the outermost. */
export const containers = {
  "by hand": { run: () => new Orders(new Repository(new Connection())), isAsync: false },
  madeleine: { run: madeleine(), isAsync: false },
  awilix: { run: awilix(), isAsync: false },
  tsyringe: { run: tsyringe(), isAsync: false },
  "Nest, request scope": { run: await nest(), isAsync: true },
};
for (const [name, { run }] of Object.entries(containers))
  if (!((await run()).repository.connection instanceof Connection)) throw new Error(`${name} does not resolve the graph`);

function madeleine() {
  for (const target of needs.keys()) recordInjectable(target, { scope: "request" });
  const plan = new Graph().plan([[{ need: Orders, where: "the benchmark" }]]);
  const [{ batches, slots }] = plan.phases;
  return () => {
    const values = plan.template.slice();
    runBatches(batches, values, new Unwinding());
    return values[slots[0]];
  };
}

function awilix() {
  const root = createContainer({ injectionMode: InjectionMode.CLASSIC });
  root.register({
    connection: asClass(Connection).scoped(),
    repository: asClass(Repository).scoped(),
    orders: asClass(Orders).scoped(),
  });
  return () => root.createScope().resolve("orders");
}

function tsyringe() {
  for (const target of needs.keys()) {
    injectable()(target);
    container.register(target, { useClass: target }, { lifecycle: Lifecycle.ContainerScoped });
  }
  return () => container.createChildContainer().resolve(Orders);
}

async function nest() {
  for (const target of needs.keys()) Injectable({ scope: Scope.REQUEST })(target);
  class Root {}
  Module({ providers: [...needs.keys()] })(Root);
  const application = await NestFactory.createApplicationContext(Root, { logger: false });
  return () => application.resolve(Orders, ContextIdFactory.create());
}
