using CallMyWay.Functions.Api;
using CallMyWay.LocalHost;
using CallMyWay.LocalHost.Backups;
using CallMyWay.LocalHost.Copy;
using CallMyWay.LocalHost.SignIn;
using CallMyWay.LocalHost.Web;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>What the program answers that asks for help, or writes what it does not know.</summary>
public sealed class HelpCommandTests
{
    [Theory]
    [InlineData("homologation", "--help")]
    [InlineData("openapi", "-h")]
    [InlineData("restore", "--help")]
    [InlineData("invite", "--help")]
    [InlineData("openapi", "--help", "extra")]
    [InlineData("backup", "--to", "elsewhere", "--help")]
    [InlineData("help")]
    public void Help_Tells_The_Commands_Or_The_Arguments_Of_One(string command, params string[] more)
    {
        var (text, isRefusal) = HelpCommand.Answer([command, .. more]).ShouldNotBeNull();

        isRefusal.ShouldBeFalse();
        text.ShouldContain(command == "help" ? "backup" : command);
    }

    [Theory]
    [InlineData("--demo", "false", "--help")]
    [InlineData("--DataPath=data", "-h")]
    [InlineData("/?")]
    public void Help_Behind_Settings_Tells_The_Commands_And_Starts_No_Host(params string[] arguments)
    {
        var (text, isRefusal) = HelpCommand.Answer(arguments).ShouldNotBeNull();

        (isRefusal, text.Contains("homologation", StringComparison.Ordinal)).ShouldBe((false, true));
    }

    [Theory]
    [InlineData("--version")]
    [InlineData("--demo", "false", "--version")]
    public void The_Version_Is_Told_And_Starts_No_Host(params string[] arguments) =>
        HelpCommand.Answer(arguments).ShouldBe((ProductVersion.Text, false));

    [Theory]
    [InlineData("extra")]
    [InlineData("--DataPath", "data")]
    [InlineData("--url", "http://127.0.0.1:1")]
    public async Task The_Description_Takes_No_Arguments(params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());

        (await OpenApiCommand.RunAsync(arguments, output, error)).ShouldBe(1);

        output.ToString().ShouldBeEmpty();
        error.ToString().ShouldContain(OpenApiCommand.Usage);
    }

    [Theory]
    [InlineData("--DataPath needs a value.", "backup", "--DataPath", "")]
    [InlineData("--to needs a value.", "backup", "--DataPath", "data", "--to=")]
    [InlineData("--from needs a value.", "restore", "--from", "", "--DataPath", "data")]
    [InlineData("--DataPath needs a value.", "restore", "--from", "backup", "--DataPath", " ")]
    [InlineData("--DataPath needs a value.", "invite", "--agent", "jefa", "--DataPath", "")]
    [InlineData("--DataPath needs a value.", "copy", "--DataPath", "", "--to", "account")]
    public async Task An_Empty_Value_As_Of_A_Script_Whose_Variable_Is_Not_Set_Is_Refused(
        string expected, string command, params string[] arguments)
    {
        var (output, error) = (new StringWriter(), new StringWriter());

        var code = command switch
        {
            BackupCommand.Name => await BackupCommand.RunAsync(arguments, output, error),
            RestoreCommand.Name => await RestoreCommand.RunAsync(arguments, output, error),
            InviteCommand.Name => await InviteCommand.RunAsync(arguments, output, error),
            _ => await CopyCommand.RunAsync(arguments, output, error),
        };

        (code, output.ToString(), error.ToString().Trim()).ShouldBe((1, "", expected));
    }

    [Theory]
    [InlineData("backups")]
    [InlineData("canary", "--DataPath", "data")]
    public void A_Word_That_Is_No_Command_Starts_No_Host(params string[] arguments)
    {
        var (text, isRefusal) = HelpCommand.Answer(arguments).ShouldNotBeNull();

        (isRefusal, text.Contains("homologation"), text.Contains("canary")).ShouldBe((true, true, false));
    }

    [Theory]
    [InlineData]
    [InlineData("--demo", "false")]
    [InlineData("urls=http://127.0.0.1:1")]
    [InlineData("/DataPath", "data")]
    [InlineData("backup", "--to", "elsewhere")]
    [InlineData("openapi")]
    public void Commands_And_Settings_Are_Done(params string[] arguments) =>
        HelpCommand.Answer(arguments).ShouldBeNull();
}
