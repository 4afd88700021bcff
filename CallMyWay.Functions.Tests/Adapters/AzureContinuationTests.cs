using CallMyWay.Functions.Adapters;

namespace CallMyWay.Functions.Tests.Adapters;

public sealed class AzureContinuationTests
{
    [Theory]
    // As the service writes it: the partition "all", and the key of a row.
    [InlineData("1!4!YWxs 1!32!MjUxNjQwMzcyODAwMDAwMDAwMH5jLTE-", "2516403728000000000~c-1")]
    [InlineData("1!4!YWxs 1!8!YWJj", "abc")]
    [InlineData("1!4!YWxs", null)]
    [InlineData("2!4!YWxs 2!8!YWJj", null)]
    [InlineData("1!4!YWxs 1!8!not base64", null)]
    [InlineData("1!4!YWxs 1!8!w6E-", null)]
    [InlineData("", null)]
    public void The_Next_Row_Is_Read_Out_Of_A_Token_Of_The_Known_Form(string token, string? key) =>
        AzureContinuation.KeyOf(token).ShouldBe(key);
}
