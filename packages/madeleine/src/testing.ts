export { TestClient, type Application, type RequestOptions, type TestClientOptions, type TestResponse } from "@madeleine/testing";
