using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>The pictures of the guides. The tests make them anew where <c>CALLMYWAY_DOC_PICTURES=1</c> is set.</summary>
internal static class DocPictures
{
    /// <summary>Stores what the page shows at a desktop's size as <c>docs/img/{name}.png</c>.</summary>
    public static async Task TakeAsync(IPage page, string name)
    {
        if (Environment.GetEnvironmentVariable("CALLMYWAY_DOC_PICTURES") != "1")
        {
            return;
        }

        await page.SetViewportSizeAsync(1280, 800);
        await page.ScreenshotAsync(new() { Path = SourceTree.PathOf("docs", "img", $"{name}.png") });
    }
}
