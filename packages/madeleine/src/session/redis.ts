export { redisStore, type RedisAddress, type RedisClient, type RedisStoreOptions } from "@madeleine/session/redis";
