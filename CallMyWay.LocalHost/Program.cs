using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Copy;
using CallMyWay.LocalHost.Homologation;
using CallMyWay.LocalHost.Web;

return args switch
{
    [CopyCommand.Name, .. var arguments] => await CopyCommand.RunAsync(arguments, Console.Out, Console.Error),
    [BackupCommand.Name, .. var arguments] => await BackupCommand.RunAsync(arguments, Console.Out, Console.Error),
    [RestoreCommand.Name, .. var arguments] => await RestoreCommand.RunAsync(arguments, Console.Out, Console.Error),
    [HomologationCommand.Name, .. var arguments] =>
        await HomologationCommand.RunAsync(arguments, Console.In, Console.Out, Console.Error),
    [OpenApiCommand.Name] => await OpenApiCommand.RunAsync(Console.Out),
    _ => await LocalHostApp.RunAsync(args),
};
