use leptos::prelude::*;
use orion_ui::*;

#[component]
pub fn States() -> impl IntoView {
    let failed = Load::<String>::Failed(LoadError {
        message: "The server did not answer in time.".into(),
        request_id: Some("01939f6e-6a3c-7d2e".into()),
        missing: false,
        forbidden: false,
    });
    view! {
        <div class="ui-page">
            <PageHeader title="States" subtitle="Loading, empty, filtered empty, error."/>
            <div class="ui-grid-4"><StatSkeleton/><StatSkeleton/><StatSkeleton/><StatSkeleton/></div>
            <Card flush=true><TableSkeleton rows=3 thumbnails=true/></Card>
            <Card flush=true>
                <EmptyState icon=icons::TAG title="Add your first product" description="Products are what your shop sells. Add one by hand, or import a CSV from another shop.">
                    <Button variant=ButtonVariant::Primary icon=icons::PLUS>"Add product"</Button>
                    <Button>"Import"</Button>
                </EmptyState>
            </Card>
            <div class="ui-form-grid">
                <Card flush=true>
                    <EmptyState compact=true icon=icons::SEARCH title="No products match" description="Try another word or fewer filters."><Button>"Clear filters"</Button></EmptyState>
                </Card>
                <Card flush=true>
                    <Loaded state=failed skeleton=|| view! { <TextSkeleton/> } on_retry=|()| {} let:value>{value}</Loaded>
                </Card>
            </div>
            <Card><ChartSkeleton/></Card>
            <DetailSkeleton/>
            <ProductGridSkeleton count=4/>
        </div>
    }
}
