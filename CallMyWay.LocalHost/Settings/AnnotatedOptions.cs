using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CallMyWay.LocalHost.Settings;

/// <summary>
/// Validates options by their properties' attributes, and reports exactly their messages. The framework's validator
/// adds class names, and its source generator drops the messages of ranges.
/// </summary>
internal sealed class AnnotatedOptions<T> : IValidateOptions<T>
    where T : class
{
    public ValidateOptionsResult Validate(string? name, T options)
    {
        var failures = new List<ValidationResult>();
        return Validator.TryValidateObject(
            options, new ValidationContext(options), failures, validateAllProperties: true)
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(failures.Select(failure => failure.ErrorMessage!));
    }
}
