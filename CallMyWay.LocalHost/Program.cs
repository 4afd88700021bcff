using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Copy;

return args switch
{
    [CopyCommand.Name, .. var arguments] => await CopyCommand.RunAsync(arguments, Console.Out, Console.Error),
    [BackupCommand.Name, .. var arguments] => await BackupCommand.RunAsync(arguments, Console.Out, Console.Error),
    [RestoreCommand.Name, .. var arguments] => await RestoreCommand.RunAsync(arguments, Console.Out, Console.Error),
    _ => await LocalHostApp.RunAsync(args),
};
