using System.Globalization;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>The zone and the language of the tests, as set in <c>tests.runsettings</c>.</summary>
public sealed class MachineTests
{
    [SkippableFact]
    public void The_Machine_Is_In_Costa_Rica_And_Speaks_Spanish()
    {
        // Windows does not take its zone and language from the environment.
        Skip.If(OperatingSystem.IsWindows());

        TimeZoneInfo.Local.BaseUtcOffset.ShouldBe(TimeSpan.FromHours(-6));
        CultureInfo.CurrentCulture.TwoLetterISOLanguageName.ShouldBe("es");
        1.5m.ToString(CultureInfo.CurrentCulture).ShouldBe("1,5");
    }
}
