using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.ContactImports;

/// <summary>Steps of tests that import contacts.</summary>
internal static class Imports
{
    /// <summary>Sends a file.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> UploadAsync(
        this HttpClient client, byte[] file, string query = "", string type = "text/csv", string? language = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/contact-imports?{query}");
        request.Content = new ByteArrayContent(file);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        if (language is not null)
        {
            request.Headers.AcceptLanguage.ParseAdd(language);
        }

        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        ((int)response.StatusCode).ShouldBeLessThan(500, answer);
        return (response.StatusCode, JsonSerializer.Deserialize<JsonElement>(answer));
    }

    public static Task<(HttpStatusCode Status, JsonElement Body)> UploadAsync(
        this HttpClient client, string text, string query = "") =>
        client.UploadAsync(Encoding.UTF8.GetBytes(text), query);

    public static async Task<JsonElement> PreviewAsync(this HttpClient client, byte[] file, string query = "")
    {
        var (status, preview) = await client.UploadAsync(file, $"preview=true&{query}");
        status.ShouldBe(HttpStatusCode.OK, preview.ToString());
        return preview;
    }

    public static Task<JsonElement> PreviewAsync(this HttpClient client, string text, string query = "") =>
        client.PreviewAsync(Encoding.UTF8.GetBytes(text), query);

    /// <summary>Imports a file, and waits for the end.</summary>
    public static async Task<JsonElement> ImportAsync(this HttpClient client, byte[] file, string query = "")
    {
        var (status, started) = await client.UploadAsync(file, query);
        status.ShouldBe(HttpStatusCode.Accepted, started.ToString());
        return await client.ImportDoneAsync(started.Text("importId")!);
    }

    public static Task<JsonElement> ImportAsync(this HttpClient client, string text, string query = "") =>
        client.ImportAsync(Encoding.UTF8.GetBytes(text), query);

    public static async Task<JsonElement> ImportDoneAsync(this HttpClient client, string importId)
    {
        JsonElement import = default;
        await Eventually.TrueAsync(
            async () => (import = (await client.ReadAsync($"/api/contact-imports/{importId}")).ShouldNotBeNull())
                .Text("state") is "done" or "failed" or "cancelled",
            () => $"the import, which is {import}");
        return import;
    }

    /// <summary>Asks for the undo, and waits for its end.</summary>
    public static async Task<JsonElement> UndoAsync(this HttpClient client, string importId)
    {
        (await client.AskAsync(HttpMethod.Post, $"/api/contact-imports/{importId}/undo")).Status
            .ShouldBe(HttpStatusCode.Accepted);
        JsonElement import = default;
        await Eventually.TrueAsync(
            async () => (import = (await client.ReadAsync($"/api/contact-imports/{importId}")).ShouldNotBeNull())
                .GetProperty("undo").Text("state") is "done" or "failed",
            () => $"the undo, which is {import}");
        return import.GetProperty("undo");
    }

    public static (long Read, long Added, long Changed, long Skipped, long Refused) Counts(this JsonElement import) => (
        import.GetProperty("read").GetInt64(),
        import.GetProperty("added").GetInt64(),
        import.GetProperty("changed").GetInt64(),
        import.GetProperty("skipped").GetInt64(),
        import.GetProperty("refused").GetInt64());

    /// <summary>The only contact with this number.</summary>
    public static async Task<JsonElement> ByPhoneAsync(this HttpClient client, string phone) =>
        (await client.ItemsAsync($"/api/contacts?phone={Uri.EscapeDataString(phone)}")).ShouldHaveSingleItem();

    public static string[] Numbers(this JsonElement contact) =>
        [.. contact.GetProperty("numbers").EnumerateArray().Select(number => number.GetString()!)];
}
