using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>The pictures of the guides. The tests make them anew where <c>CALLMYWAY_DOC_PICTURES=1</c> is set.</summary>
internal static class DocPictures
{
    /// <summary>Stores what the page shows at a desktop's size as <c>docs/img/{name}.png</c>.</summary>
    /// <param name="page">What is shown.</param>
    /// <param name="name">Of the picture.</param>
    /// <param name="fromTop">Whether it is the page's beginning; else what the test has scrolled to.</param>
    public static async Task TakeAsync(IPage page, string name, bool fromTop = false)
    {
        if (Environment.GetEnvironmentVariable("CALLMYWAY_DOC_PICTURES") != "1")
        {
            return;
        }

        await page.SetViewportSizeAsync(1280, 800);
        // The guides show a page that is connected.
        await Assertions.Expect(page.GetByText("Conectando…")).ToHaveCountAsync(0);
        if (fromTop)
        {
            await page.EvaluateAsync("() => scrollTo(0, 0)");
        }

        await page.ScreenshotAsync(new() { Path = SourceTree.PathOf("docs", "img", $"{name}.png") });
    }
}
