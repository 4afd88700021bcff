using System.Text;
using CallMyWay.Functions.EntraId;

namespace CallMyWay.Functions.Tests.EntraId;

public sealed class PlatformPrincipalTests
{
    [Fact]
    public void The_Users_Identity_Comes_From_The_Tokens_Claims()
    {
        var person = PlatformPrincipal.Read(PlatformHeader.OfToken(
            "ana@empresa.cr", ("name", "Ana Mora"), ("roles", "Admin"), ("roles", "Reader"))).ShouldNotBeNull();

        person.ObjectId.ShouldBe(Guid.Parse(PlatformHeader.ObjectId));
        person.TenantId.ShouldBe(PlatformHeader.Tenant);
        person.SignInName.ShouldBe("ana@empresa.cr");
        person.Name.ShouldBe("Ana Mora");
        person.Roles.ShouldBe(["Admin", "Reader"]);
    }

    [Theory]
    [InlineData("roles")]
    [InlineData("http://schemas.microsoft.com/ws/2008/06/identity/claims/role")]
    public void A_Roles_Claim_May_Have_Its_Short_Or_Its_Long_Name(string type) =>
        PlatformPrincipal.Read(PlatformHeader.OfToken("ana@empresa.cr", (type, "Admin")))!.Roles.ShouldBe(["Admin"]);

    [Fact]
    public void The_Header_Itself_May_Name_The_Roles_Type() =>
        PlatformPrincipal.Read(PlatformHeader.Encode("""{"auth_typ":"aad","role_typ":"app_roles","claims":[{"typ":"app_roles","val":"Admin"}]}"""))!.Roles.ShouldBe(["Admin"]);

    [Fact]
    public void Claims_Written_As_Type_And_Value_Are_Read_Too() =>
        PlatformPrincipal.Read(PlatformHeader.Of(
            [("preferred_username", "ana@empresa.cr")],
            typeName: "type",
            valueName: "value"))!.SignInName.ShouldBe("ana@empresa.cr");

    [Theory]
    [InlineData("preferred_username", "upn", "email")]
    [InlineData("upn", "email", "name")]
    [InlineData("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/upn", "email", "name")]
    [InlineData("email", "name", "sub")]
    [InlineData("http://schemas.xmlsoap.org/ws/2005/05/identity/claims/emailaddress", "name", "sub")]
    public void The_First_Existing_Claim_Is_The_Sign_In_Name(string first, string second, string third) =>
        PlatformPrincipal.Read(PlatformHeader.Of([(third, "third"), (second, "second"), (first, " ana@empresa.cr ")]))!.SignInName.ShouldBe("ana@empresa.cr");

    [Fact]
    public void A_Display_Name_Is_No_Sign_In_Name() =>
        PlatformPrincipal.Read(PlatformHeader.Of(
            [("name", "ana@empresa.cr"), ("oid", PlatformHeader.ObjectId)]))!.SignInName.ShouldBeNull();

    [Theory]
    [InlineData("preferred_username", "preferred_username")]
    [InlineData("oid", "http://schemas.microsoft.com/identity/claims/objectidentifier")]
    [InlineData("tid", "http://schemas.microsoft.com/identity/claims/tenantid")]
    public void A_Claim_With_Two_Values_Is_Refused(string one, string other)
    {
        PlatformPrincipal.Read(PlatformHeader.Of([(one, "a@empresa.cr"), (other, "b@empresa.cr")])).ShouldBeNull();
        PlatformPrincipal.Read(PlatformHeader.Of([(one, "a@empresa.cr"), (other, "A@empresa.cr")])).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("google")]
    [InlineData("facebook")]
    [InlineData("")]
    public void Another_Providers_Claims_Are_Ignored(string provider) =>
        PlatformPrincipal.Read(PlatformHeader.Of([("preferred_username", "ana@empresa.cr")], provider)).ShouldBeNull();

    [Theory]
    [InlineData("""[]""")]
    [InlineData("""null""")]
    [InlineData("""{}""")]
    [InlineData("""{"claims":{}}""")]
    [InlineData("""{"claims":["admin"]}""")]
    [InlineData("""{"claims":[{"typ":"preferred_username"}]}""")]
    [InlineData("""{"claims":[{"typ":1,"val":"x"}]}""")]
    [InlineData("""{"claims":[{"typ":"preferred_username","val":null}]}""")]
    [InlineData("""{"claims":[],"claims":[{"typ":"roles","val":"Admin"}]}""")]
    [InlineData("""{"claims":[{"typ":"preferred_username","val":"\ud800"}]}""")]
    [InlineData("""{"claims":[]} {}""")]
    [InlineData("""{"claims":[""")]
    [InlineData("")]
    public void A_Header_That_The_Platform_Would_Not_Write_Is_Ignored(string json) =>
        PlatformPrincipal.Read(PlatformHeader.Encode(json)).ShouldBeNull();

    [Theory]
    [InlineData("not base64!")]
    [InlineData("eyJjbGFpbXMiOltdfQ")]
    [InlineData("====")]
    [InlineData("")]
    [InlineData("ana@empresa.cr")]
    public void A_Header_That_Is_Not_Base64_Is_Ignored(string header) => PlatformPrincipal.Read(header).ShouldBeNull();

    [Fact]
    public void A_Header_That_Is_Not_Text_Is_Ignored() =>
        PlatformPrincipal.Read(Convert.ToBase64String([.. Encoding.UTF8.GetBytes("""{"claims":[{"typ":"upn","val":" """), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}]}")])).ShouldBeNull();

    [Fact]
    public void A_Token_With_Two_Hundred_Groups_Is_Read_And_A_Larger_Header_Is_Not()
    {
        static (string, string)[] Groups(int count) => [.. Enumerable.Range(0, count).Select(
            number => ("groups", new Guid(number, 0, 0, new byte[8]).ToString()))];

        PlatformPrincipal.Read(
            PlatformHeader.OfToken("ana@empresa.cr", Groups(200)))!.SignInName.ShouldBe("ana@empresa.cr");
        PlatformPrincipal.Read(PlatformHeader.OfToken("ana@empresa.cr", Groups(2000))).ShouldBeNull();
    }
}
