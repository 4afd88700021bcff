using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>The files that make LocalHost a service of a machine.</summary>
public sealed class PackagingTests
{
    /// <summary>
    /// Without quotes, or in double ones, Compose puts a variable's value in the place of a <c>$</c> and what follows it.
    /// </summary>
    [Fact]
    public void Each_Value_Of_The_Template_Stands_In_Single_Quotes()
    {
        var settings = SourceFiles.Read("packaging/systemd/callmyway.env").ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.Contains('='))
            .ToList();

        settings.ShouldNotBeEmpty();
        settings.ShouldAllBe(line => line.Split('=', 2)[1].StartsWith('\'') && line.EndsWith('\''));
    }

    /// <summary>Who has copied it writes the operator's password and the webhook's key into it.</summary>
    [Fact]
    public void Each_Command_That_Copies_The_Template_Keeps_The_Copy_From_Other_Users()
    {
        var commands = SourceFiles.Read("docs/service.md").ReplaceLineEndings("\n").Split('\n')
            .Where(line => line.Contains("packaging/systemd/callmyway.env "))
            .ToList();

        commands.Count.ShouldBe(2);
        commands.ShouldAllBe(line => line.StartsWith("install -m 0600 "));
    }

    [Fact]
    public void The_Service_Starts_After_The_Time_Is_Right_Where_The_Machine_Waits_For_That() =>
        SourceFiles.Read("packaging/systemd/callmyway.service")
            .ShouldContain("After=network-online.target time-sync.target");
}
