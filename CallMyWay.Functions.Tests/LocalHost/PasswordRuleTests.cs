using CallMyWay.Functions.Api;
using CallMyWay.LocalHost.SignIn;

namespace CallMyWay.Functions.Tests.LocalHost;

/// <summary>How long a new password may be.</summary>
public sealed class PasswordRuleTests
{
    [Theory]
    [InlineData(0, false)]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void A_New_Password_Has_Ten_To_256_Characters(int length, bool isTaken)
    {
        var errors = new FieldErrors();

        PasswordRule.Check(new string('a', length), errors).ShouldBe(isTaken);

        errors.All.Select(error => error.Field).ShouldBe(isTaken ? [] : ["password"]);
    }
}
