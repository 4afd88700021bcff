using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Copy;
using CallMyWay.LocalHost.Homologation;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Web;

if (HelpCommand.Answer(args) is var (text, isRefusal))
{
    return await HelpCommand.TellAsync(text, isRefusal, Console.Out, Console.Error);
}

return args switch
{
    [CopyCommand.Name, .. var arguments] => await CopyCommand.RunAsync(arguments, Console.Out, Console.Error),
    [BackupCommand.Name, .. var arguments] => await BackupCommand.RunAsync(arguments, Console.Out, Console.Error),
    [RestoreCommand.Name, .. var arguments] => await RestoreCommand.RunAsync(arguments, Console.Out, Console.Error),
    [InviteCommand.Name, .. var arguments] => await InviteCommand.RunAsync(arguments, Console.Out, Console.Error),
    [HomologationCommand.Name, .. var arguments] =>
        await HomologationCommand.RunAsync(arguments, Console.In, Console.Out, Console.Error),
    [OpenApiCommand.Name, .. var arguments] => await OpenApiCommand.RunAsync(arguments, Console.Out, Console.Error),
    _ => await LocalHostApp.RunAsync(args),
};
