using FsCheck;
using Microsoft.FSharp.Core;

namespace CallMyWay.Functions.Tests.Infrastructure;

/// <summary>
/// How property tests are run. The normal run draws the same values each time, so that a change fails for what it
/// changed. <c>.ci/run --long</c> draws others each time, and more of them; FsCheck's message says how to replay them.
/// </summary>
internal static class Properties
{
    private const int Longer = 10;

    private const ulong Seed = 20_261_126;

    public static Config Config(int tests) => TestLength.IsWhole
        ? FsCheck.Config.QuickThrowOnFailure.WithMaxTest(tests * Longer)
        : FsCheck.Config.QuickThrowOnFailure.WithMaxTest(tests)
            .WithReplay(FSharpOption<Replay>.Some(new(new Rnd(Seed), FSharpOption<int>.None)));
}
