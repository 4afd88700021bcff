using CallMyWay.Functions.Storage;
using CallMyWay.Functions.Tests.Infrastructure;

namespace CallMyWay.Functions.Tests.Storage;

/// <summary>Something that is read again after a while, or after this process has changed it.</summary>
public sealed class RecentReadingTests
{
    private readonly SetClock _clock = new(new DateTimeOffset(2026, 3, 2, 15, 0, 0, TimeSpan.Zero));

    private readonly RecentReading<string> _recent;

    private string _stored = "first";

    private TaskCompletionSource? _held;

    public RecentReadingTests() => _recent = new(ReadAsync, TimeSpan.FromSeconds(30), _clock);

    [Fact]
    public async Task A_Reading_Is_Used_Until_It_Is_Too_Old()
    {
        (await _recent.GetAsync(default)).ShouldBe("first");
        _stored = "by another process";

        _clock.Now += TimeSpan.FromSeconds(29);
        (await _recent.GetAsync(default)).ShouldBe("first");
        _clock.Now += TimeSpan.FromSeconds(1);
        (await _recent.GetAsync(default)).ShouldBe("by another process");
    }

    [Fact]
    public async Task What_This_Process_Changes_Shows_At_Once()
    {
        await _recent.GetAsync(default);

        await _recent.ForgetAfterAsync(WriteAsync("second"));

        (await _recent.GetAsync(default)).ShouldBe("second");
    }

    [Fact]
    public async Task A_Reading_That_Began_Before_A_Write_Is_Not_Used_After_It()
    {
        _held = new();
        var early = _recent.GetAsync(default).AsTask();
        await _recent.ForgetAfterAsync(WriteAsync("second"));
        _held.SetResult();
        (await early).ShouldBe("first");
        _held = null;

        (await _recent.GetAsync(default)).ShouldBe("second");
    }

    [Fact]
    public async Task After_A_Write_Whose_Answer_Is_Lost_It_Is_Read_Again()
    {
        await _recent.GetAsync(default);
        _stored = "second";

        await Should.ThrowAsync<StorageException>(
            _recent.ForgetAfterAsync(ValueTask.FromException<bool>(new StorageException("The answer is lost."))));

        (await _recent.GetAsync(default)).ShouldBe("second");
    }

    private async ValueTask<string> ReadAsync(CancellationToken cancellationToken)
    {
        var value = _stored;
        await (_held?.Task ?? Task.CompletedTask);
        return value;
    }

    private ValueTask<bool> WriteAsync(string value)
    {
        _stored = value;
        return ValueTask.FromResult(true);
    }
}
