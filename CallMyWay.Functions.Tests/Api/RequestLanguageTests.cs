using CallMyWay.Functions.Api;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Tests.Api;

/// <summary>In which language a request is answered.</summary>
public sealed class RequestLanguageTests
{
    [Theory]
    [InlineData("en", null, "en")]
    [InlineData("EN-us,es;q=0.5", null, "en")]
    [InlineData("es;q=0.3,en;q=0.8", null, "en")]
    [InlineData("en;q=0.3,es", null, "es")]
    [InlineData("fr,en;q=0.8,es;q=0.5", null, "en")]
    [InlineData("en", "es", "en")]
    [InlineData("fr", "en", "en")]
    [InlineData("", "en", "en")]
    [InlineData("fr", null, "es")]
    [InlineData("", null, "es")]
    public void The_Language_That_Is_Wanted_Most_Of_Those_That_Are_Spoken_Then_The_Agents(
        string asked, string? agents, string answered)
    {
        var context = new DefaultHttpContext();
        context.Request.Headers.AcceptLanguage = asked;
        context.User = Principal.Create("test", "ana", "Ana", [Role.Agent], agents);

        context.Request.Language().ShouldBe(answered);
    }
}
