using CallMyWay.LocalHost;

return await LocalHostApp.RunAsync(args);
