export { TestClient } from "@madeleine/testing";
