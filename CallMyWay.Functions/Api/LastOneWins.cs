using CallMyWay.Functions.Storage;
using Microsoft.AspNetCore.Http;

namespace CallMyWay.Functions.Api;

/// <summary>
/// A change that is made over what is stored, while other requests change the same. Who names no version by
/// <c>If-Match</c> replaces what is there, and who says what is stored already is answered as the first time: so where
/// another request was faster, the change is made over what stands then.
/// </summary>
internal static class LastOneWins
{
    /// <summary>One of the requests that change a row at once succeeds each time.</summary>
    private const int MostTries = 16;

    /// <param name="request">The request.</param>
    /// <param name="change">
    /// Reads what is stored and changes it. It answers null where another request was faster, and 412 itself where the
    /// request names another version.
    /// </param>
    public static async Task<IResult> ChangeAsync(HttpRequest request, Func<Task<IResult?>> change)
    {
        for (var i = 0; i < MostTries; i++)
        {
            if (await change() is { } answer)
            {
                return answer;
            }
        }

        return request.Changed();
    }

    /// <summary>
    /// True where the request names a version, and it is not this one; <c>If-None-Match: *</c> names that there is
    /// none.
    /// </summary>
    public static bool NamesAnother(HttpRequest request, string? etag) =>
        IfMatch.VersionOf(request) is { } named && named != (etag ?? Row.NoVersion);
}
