// mistake 82: an option of uploads that there is none of
// caught: load there is no such option
import { App, Upload } from "madeleine";

export const app = new App();
app.post("/", { photo: Upload({ maxSize: 1000 } as never) }, ({ photo }) => String(photo));
