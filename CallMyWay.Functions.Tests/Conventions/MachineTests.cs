using System.Globalization;

namespace CallMyWay.Functions.Tests.Conventions;

/// <summary>Which zone and language the tests run in, by <c>tests.runsettings</c>.</summary>
public sealed class MachineTests
{
    [SkippableFact]
    public void The_Machine_Is_In_Costa_Rica_And_Speaks_Spanish()
    {
        // Windows has its zone and its language from elsewhere.
        Skip.If(OperatingSystem.IsWindows());

        TimeZoneInfo.Local.BaseUtcOffset.ShouldBe(TimeSpan.FromHours(-6));
        CultureInfo.CurrentCulture.TwoLetterISOLanguageName.ShouldBe("es");
        1.5m.ToString(CultureInfo.CurrentCulture).ShouldBe("1,5");
    }
}
