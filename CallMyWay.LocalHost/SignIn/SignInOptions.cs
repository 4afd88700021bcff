using System.ComponentModel.DataAnnotations;

namespace CallMyWay.LocalHost.SignIn;

/// <summary>How password guessing is held up: the section <c>SignIn</c> of the settings.</summary>
public sealed class SignInOptions
{
    public const string Section = "SignIn";

    /// <summary>Failures in a row, of one account, before it is locked for a while.</summary>
    [Range(1, 100, ErrorMessage = "SignIn:FailuresPerAccount must be between 1 and 100.")]
    public int FailuresPerAccount { get; set; } = 5;

    /// <summary>Failures from one address, whatever the account. More than for an account: an office shares one address.</summary>
    [Range(1, 10_000, ErrorMessage = "SignIn:FailuresPerAddress must be between 1 and 10000.")]
    public int FailuresPerAddress { get; set; } = 20;

    /// <summary>The first lock; it doubles with each further failure.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = "SignIn:FirstLock must be between 00:00:01 and 01:00:00.")]
    public TimeSpan FirstLock { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>An account's longest lock. Short, so that who guesses from elsewhere can't keep the agent out for long.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "SignIn:LongestAccountLock must be between 00:00:01 and 1.00:00:00.")]
    public TimeSpan LongestAccountLock { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>An address's longest lock: that one hurts nobody else.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00", ErrorMessage = "SignIn:LongestAddressLock must be between 00:00:01 and 1.00:00:00.")]
    public TimeSpan LongestAddressLock { get; set; } = TimeSpan.FromMinutes(30);
}
