using System.Text.Json;
using CallMyWay.Functions.Tests.Infrastructure;
using Microsoft.Playwright;

namespace CallMyWay.Functions.Tests.Browser;

/// <summary>axe-core, from the console's packages: https://github.com/dequelabs/axe-core.</summary>
internal static class Axe
{
    public static async Task AddToAsync(IBrowserContext context)
    {
        var script = WebFolder.Find("node_modules", "axe-core", "axe.min.js");
        Skip.If(script is null, "axe-core is not installed: run npm ci in web/.");
        // A script that the browser adds is not subject to the page's policy.
        await context.AddInitScriptAsync(scriptPath: script);
    }

    /// <summary>Checks a desktop and a phone: no serious fault, and no horizontal scrolling.</summary>
    public static async Task ShouldBeFineAsync(IPage page, string what)
    {
        foreach (var (width, height) in new[] { (1280, 800), (390, 844) })
        {
            await page.SetViewportSizeAsync(width, height);
            // Half-way from one colour to another there is little contrast.
            await page.EvaluateAsync("""
                () => Promise.all(document.getAnimations().filter(each => each instanceof CSSTransition)
                    .map(each => each.finished.catch(() => {})))
                """);
            var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run()).violations.filter(v => v.impact === 'serious' || v.impact === 'critical').map(v => `${v.id}: ${v.help}: ${v.nodes.map(n => n.target.flat()).join(' | ')}`)");
            found.EnumerateArray().Select(fault => fault.GetString()).ShouldBeEmpty($"{what}, {width} wide");
            (await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"))
                .ShouldBeTrue($"{what}, {width} wide, scrolls sideways");
        }
    }
}
