using CallMyWay.Functions.Api;
using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Tests.Api;

/// <summary>Which version a change is meant for, by the headers of its request.</summary>
public sealed class IfMatchTests
{
    // What compresses answers on the way makes their etags weak, and a client sends back what it got.
    [Theory]
    [InlineData("\"17\"", "17")]
    [InlineData("17", "17")]
    [InlineData(" \"17\" ", "17")]
    [InlineData("W/\"17\"", "17")]
    [InlineData("*", null)]
    [InlineData("", null)]
    [InlineData(null, null)]
    public void An_Etag_Is_Read_In_Each_Form_In_Which_It_Comes_Back(string? header, string? etag)
    {
        IfMatch.Of(Asking(header)).ShouldBe(etag);
        IfMatch.VersionOf(Asking(header)).ShouldBe(etag);
    }

    [Theory]
    [InlineData(null, "*", Row.NoVersion)]
    [InlineData("*", "*", Row.NoVersion)]
    [InlineData("\"17\"", "*", "17")]
    [InlineData(null, "\"17\"", null)]
    public void Whoever_Found_No_Version_Yet_Writes_The_First_One_Only(
        string? header, string noneMatch, string? version) =>
        IfMatch.VersionOf(Asking(header, noneMatch)).ShouldBe(version);

    private static HttpRequest Asking(string? ifMatch, string? ifNoneMatch = null)
    {
        var request = new DefaultHttpContext().Request;
        request.Headers.IfMatch = ifMatch;
        request.Headers.IfNoneMatch = ifNoneMatch;
        return request;
    }
}
