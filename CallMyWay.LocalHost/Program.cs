using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Copy;

return args is [CopyCommand.Name, .. var arguments]
    ? await CopyCommand.RunAsync(arguments, Console.Out, Console.Error)
    : await LocalHostApp.RunAsync(args);
